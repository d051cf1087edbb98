/**
 * The page runs under `style-src 'self' 'nonce-…'`. The server writes the nonce of each response into
 * `<meta name="csp-nonce">`; style elements made by script need it.
 */
export function readNonce(page: Document = document): string {
  return page.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}

/**
 * Ant Design takes the nonce by ConfigProvider for the styles of components, but its scroll locker
 * (Modal, Drawer) makes a style element without it. Giving the nonce where the element is made covers
 * both, and any other library.
 */
export function giveStylesTheNonce(nonce: string, page: Document = document): void {
  const create = page.createElement.bind(page);
  page.createElement = ((tag: string, options?: ElementCreationOptions) => {
    const element = create(tag, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  }) as Document['createElement'];
}
