/** The pages under 设置, in their order, each with the permission it asks for. */
export const SETTINGS_PAGES = [
  { key: 'substitutes', permission: 'substitution.read' },
  { key: 'phrases', permission: 'case.act' },
  // Whoever neither heads nor supervises is shown nobody's tasks.
  { key: 'handover', permission: 'task.reassign' },
  { key: 'calendar', permission: 'settings.read' },
  { key: 'jurisdiction', permission: 'settings.read' },
  { key: 'faults', permission: 'supervision.retry' },
] as const;

export type SettingsPage = (typeof SETTINGS_PAGES)[number];

export const settingsPages = (allowed: (permission: string) => boolean): SettingsPage[] =>
  SETTINGS_PAGES.filter((page) => allowed(page.permission));
