const ALLOWED = new Set(['http:', 'https:', 'mailto:']);

/**
 * The address to link to, or undefined where the text must stay text (S-I02). Browsers drop tabs and
 * line ends inside a scheme and decode nothing after parsing, so the check is on what `URL` parsed,
 * and the same parsed form becomes the link.
 */
export function safeLink(address: string): string | undefined {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  if (!ALLOWED.has(url.protocol)) return undefined;
  // user@host in front of the real host is made to be misread.
  if (url.username !== '' || url.password !== '') return undefined;
  return url.href;
}
