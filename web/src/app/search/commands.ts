import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllowed } from '../../api/session';
import { BOXES } from '../../api/types';
import { settingsPages } from '../../settings/pages';

export interface Command {
  to: string;
  title: string;
}

/** Where the palette leads, limited to what the caller may open. */
export function useCommands(): Command[] {
  const { t } = useTranslation('frame');
  const allowed = useAllowed();
  return useMemo(() => {
    const list: Command[] = [];
    if (allowed('task.read')) list.push(...BOXES.map((box) => ({ to: `/inbox?box=${box}`, title: t(`box.${box}`) })));
    if (allowed('roster.upload')) list.push({ to: '/rosters/new', title: t('command.upload') });
    if (allowed('roster.read')) list.push({ to: '/rosters', title: t('nav.rosters') });
    if (allowed('case.submit')) list.push({ to: '/procedures/handover/individual', title: t('command.individual') });
    if (allowed('case.read'))
      list.push({ to: '/cases', title: t('nav.cases') }, { to: '/procedures', title: t('command.procedures') });
    if (allowed('person.read')) list.push({ to: '/people', title: t('nav.people') });
    if (allowed('supervision.read')) list.push({ to: '/supervision', title: t('nav.supervision') });
    list.push({ to: '/rules', title: t('nav.rules') });
    for (const page of settingsPages(allowed))
      list.push({ to: `/settings/${page.key}`, title: `${t('nav.settings')} · ${t(`settings:page.${page.key}`)}` });
    return list;
  }, [allowed, t]);
}
