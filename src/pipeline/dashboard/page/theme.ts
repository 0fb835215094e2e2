// Light or dark: as the system has it, or as the viewer chose, which this browser remembers.
import type { Theme } from '../view/view-state.js';

const KEY = 'loghorn-theme';

/** @param theme of the address; `system` there is what was chosen before, if anything was */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/** Whether it is dark now. */
export function isDark(): boolean {
  const chosen = document.documentElement.dataset['theme'];
  return chosen === undefined ? darkSystem().matches : chosen === 'dark';
}

export function onSystemTheme(changed: () => void): void {
  darkSystem().addEventListener('change', changed);
}

function darkSystem(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)');
}

/** What was chosen before in this browser. */
export function rememberedTheme(): Theme {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === 'light' || theme === 'dark' ? theme : 'system';
  } catch {
    // storage may be forbidden
    return 'system';
  }
}

export function rememberTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // see above
  }
}
