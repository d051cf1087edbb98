/** The address of `path` at a server that may live below a path of its own, as behind a proxy. */
export function address(server: string, path: string): URL {
  const url = new URL(server);
  url.pathname = url.pathname.replace(/\/+$/, '') + path;
  url.search = '';
  url.hash = '';
  return url;
}
