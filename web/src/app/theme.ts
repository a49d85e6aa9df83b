import { type ThemeConfig, theme } from 'antd';
import { useSyncExternalStore } from 'react';
import { useMedia } from '../shared/useMedia';

export type ThemeChoice = 'system' | 'light' | 'dark';

const STORED = 'jieli.theme';
const listeners = new Set<() => void>();

function stored(): ThemeChoice {
  const value = localStorage.getItem(STORED);
  return value === 'light' || value === 'dark' ? value : 'system';
}

export function chooseTheme(choice: ThemeChoice): void {
  localStorage.setItem(STORED, choice);
  for (const listener of listeners) listener();
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore((changed) => {
    listeners.add(changed);
    return () => listeners.delete(changed);
  }, stored);
}

export function useDark(): boolean {
  const choice = useThemeChoice();
  const system = useMedia('(prefers-color-scheme: dark)');
  return choice === 'system' ? system : choice === 'dark';
}

/** Whether the reader asked their system for less motion. */
export function useStill(): boolean {
  return useMedia('(prefers-reduced-motion: reduce)');
}

const PALE = {
  colorErrorBg: '#fdf0ef',
  colorErrorBorder: '#efc4c0',
  colorWarningBg: '#fff8e6',
  colorWarningBorder: '#ecd596',
  colorSuccessBg: '#eef8f0',
  colorSuccessBorder: '#b9dcc2',
  colorInfoBg: '#edf4fd',
  colorInfoBorder: '#bcd4f3',
};

/** Under the pointer, darker rather than antd's lighter: white words on it keep their contrast. */
const HOVERED = { colorPrimaryHover: '#174d9e', colorLinkHover: '#174d9e', colorErrorHover: '#951f18' };

/** Calm and dense. Greys are darker than antd's own so that small words keep a contrast of 4.5. */
export function themeOf(dark: boolean, still: boolean): ThemeConfig {
  return {
    cssVar: { key: 'jieli' },
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      motion: !still,
      colorPrimary: dark ? '#7db1f7' : '#1d5bb8',
      colorInfo: dark ? '#7db1f7' : '#1d5bb8',
      colorLink: dark ? '#8fbcf9' : '#1d5bb8',
      colorError: dark ? '#ff8f85' : '#b3261e',
      colorWarning: dark ? '#e8b45a' : '#8a5a00',
      colorSuccess: dark ? '#7cc990' : '#1e6e37',
      // Derived from dark seeds, the pale backgrounds would turn muddy; in the light theme they are set.
      ...(dark ? {} : { ...PALE, ...HOVERED }),
      colorTextSecondary: dark ? '#b9c0ca' : '#4a5361',
      colorTextTertiary: dark ? '#a3abb7' : '#5b6472',
      colorTextDescription: dark ? '#a3abb7' : '#5b6472',
      colorTextPlaceholder: dark ? '#98a1ae' : '#646d7a',
      colorBgLayout: dark ? '#101317' : '#f3f5f8',
      borderRadius: 4,
      controlHeight: 32,
      fontSize: 14,
      fontFamily: '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif',
      padding: 12,
      paddingLG: 16,
      margin: 12,
      marginLG: 16,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.18s',
    },
    components: {
      Button: { primaryColor: dark ? '#0d1a2b' : '#ffffff', dangerColor: dark ? '#2a0d0a' : '#ffffff' },
      Form: { itemMarginBottom: 12, verticalLabelPadding: '0 0 4px' },
      Table: { cellPaddingBlockSM: 5, cellPaddingInlineSM: 8 },
      Tabs: { horizontalMargin: '0 0 12px 0' },
      Menu: { itemHeight: 34, itemMarginBlock: 2, itemMarginInline: 6 },
    },
  };
}
