import { theme, type ThemeConfig } from 'antd';

const FONT =
  "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";

/** `still`: the person asked their device for less motion. */
export function antdTheme(dark: boolean, still: boolean): ThemeConfig {
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: dark ? '#5b8dff' : '#2f6fed',
      colorBgLayout: dark ? '#141518' : '#f4f5f7',
      colorBgContainer: dark ? '#1d1f23' : '#ffffff',
      colorBgElevated: dark ? '#26282d' : '#ffffff',
      borderRadius: 8,
      motion: !still,
      fontFamily: FONT,
    },
  };
}
