export type ComposerAct = 'send' | 'cancel' | 'edit-last' | undefined;

/** The parts of a key event that matter; a React or DOM event fits. */
export interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/** Key code of every key that an input method takes for itself; Safari has it where `isComposing` is false. */
const TAKEN_BY_INPUT_METHOD = 229;

/**
 * What a key in the composer does. While an input method composes (pinyin), Enter chooses a candidate
 * and Escape closes its window: neither is ours.
 */
export function composerAct(key: Key, empty: boolean, sendsWith: 'enter' | 'mod'): ComposerAct {
  if (key.isComposing || key.keyCode === TAKEN_BY_INPUT_METHOD) return undefined;
  const mod = key.ctrlKey || key.metaKey;
  switch (key.key) {
    case 'Enter':
      if (key.shiftKey || key.altKey) return undefined;
      return sendsWith === 'enter' || mod ? 'send' : undefined;
    case 'Escape':
      return 'cancel';
    case 'ArrowUp':
      return empty && !mod && !key.shiftKey && !key.altKey ? 'edit-last' : undefined;
    default:
      return undefined;
  }
}
