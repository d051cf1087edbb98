import { texts } from './generated/errors.js';

const local: Readonly<Record<'en' | 'zh', ReadonlyMap<string, string>>> = {
  en: new Map([
    ['disconnected', 'The connection was interrupted.'],
    ['offline', 'There is no connection.'],
    ['closed', 'The connection is closed.'],
    ['http_error', 'The server could not be reached.'],
  ]),
  zh: new Map([
    ['disconnected', '连接已中断。'],
    ['offline', '当前没有网络连接。'],
    ['closed', '连接已关闭。'],
    ['http_error', '无法连接服务器。'],
  ]),
};

/** The text for people of an error code; the one of `internal` for a code that is not known. */
export function errorText(code: string, language: 'en' | 'zh'): string {
  return (
    texts[language].get(code) ??
    local[language].get(code) ??
    texts[language].get('internal') ??
    code
  );
}
