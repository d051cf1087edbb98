import { createContext, use } from 'react';
import type { useTheme } from './useTheme';

type Theme = ReturnType<typeof useTheme>;

export const ThemeContext = createContext<Theme | undefined>(undefined);

export function useChosenTheme(): Theme {
  const theme = use(ThemeContext);
  if (theme === undefined) throw new Error('ThemeContext is missing above this component');
  return theme;
}
