import { useEffect, useState } from 'react';
import { readSetting, writeSetting } from './safeStorage';
import { useMedia } from './useMedia';

export type ThemeChoice = 'system' | 'light' | 'dark';

function storedChoice(): ThemeChoice {
  const value = readSetting('theme');
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** The person's choice, and whether the page is dark now: `system` follows the device as it changes. */
export function useTheme() {
  const [choice, setChoice] = useState<ThemeChoice>(storedChoice);
  const systemDark = useMedia('(prefers-color-scheme: dark)');
  const dark = choice === 'dark' || (choice === 'system' && systemDark);
  useEffect(() => {
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  }, [dark]);

  const choose = (next: ThemeChoice) => {
    writeSetting('theme', next);
    setChoice(next);
  };
  return { choice, dark, choose };
}
