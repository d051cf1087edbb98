import { useTranslation } from 'react-i18next';

const COMMON = '👍 👎 👌 🙏 👏 💪 ❤️ 😂 😊 😍 🤔 😮 😢 😡 😅 🎉 🔥 ✅ ❌ 👀 🚀 💯 🌹 ☕'.split(' ');

export function EmojiGrid({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className="emoji-grid" role="group" aria-label={t('composer.emoji')}>
      {COMMON.map((emoji) => (
        <button key={emoji} type="button" aria-label={emoji} onClick={() => onPick(emoji)}>
          {emoji}
        </button>
      ))}
    </div>
  );
}
