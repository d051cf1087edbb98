/** What the key for commands is called on this device. */
export function modKey(userAgent: string): string {
  return /Mac OS X|iPhone|iPad/u.test(userAgent) ? '⌘' : 'Ctrl';
}
