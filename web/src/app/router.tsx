import { createBrowserRouter, Navigate } from 'react-router';
import { Screen } from './Screen';

// Each screen is a chunk of its own; only the frame and the first screen are loaded at once.
export const router = createBrowserRouter([
  {
    path: '/sign-in',
    lazy: async () => ({ Component: (await import('../signin/SignInPage')).SignInPage }),
    HydrateFallback: Screen,
  },
  {
    path: '/',
    lazy: async () => ({ Component: (await import('./Frame')).Frame }),
    HydrateFallback: Screen,
    children: [
      { index: true, element: <Navigate to="/inbox?box=todo" replace /> },
      { path: 'inbox', lazy: async () => ({ Component: (await import('../inbox/InboxPage')).InboxPage }) },
      { path: 'cases', lazy: async () => ({ Component: (await import('../procedures/CasesPage')).CasesPage }) },
      { path: 'cases/:no', lazy: async () => ({ Component: (await import('../case/CasePage')).CasePage }) },
      {
        path: 'procedures',
        lazy: async () => ({ Component: (await import('../procedures/ProceduresPage')).ProceduresPage }),
      },
      {
        path: 'procedures/:type',
        lazy: async () => ({ Component: (await import('../procedures/ProcedurePage')).ProcedurePage }),
      },
      {
        path: 'procedures/handover/individual',
        lazy: async () => ({ Component: (await import('../procedures/handover/IndividualPage')).IndividualPage }),
      },
      {
        path: 'procedures/archive/start',
        lazy: async () => ({ Component: (await import('../procedures/archive/StartPage')).StartPage }),
      },
      {
        path: 'procedures/party/start',
        lazy: async () => ({ Component: (await import('../procedures/party/StartPage')).StartPage }),
      },
      {
        path: 'procedures/death/start',
        lazy: async () => ({ Component: (await import('../procedures/death/StartPage')).StartPage }),
      },
      { path: 'rosters', lazy: async () => ({ Component: (await import('../roster/RostersPage')).RostersPage }) },
      { path: 'rosters/new', lazy: async () => ({ Component: (await import('../roster/UploadPage')).UploadPage }) },
      { path: 'rosters/:id', lazy: async () => ({ Component: (await import('../roster/RosterPage')).RosterPage }) },
      { path: 'groups', lazy: async () => ({ Component: (await import('../groups/GroupsPage')).GroupsPage }) },
      { path: 'groups/:id', lazy: async () => ({ Component: (await import('../groups/GroupPage')).GroupPage }) },
      { path: 'people', lazy: async () => ({ Component: (await import('../people/PeoplePage')).PeoplePage }) },
      { path: 'people/:id', lazy: async () => ({ Component: (await import('../people/PersonPage')).PersonPage }) },
      {
        path: 'supervision',
        lazy: async () => ({ Component: (await import('../supervision/SupervisionPage')).SupervisionPage }),
      },
      { path: 'payments', lazy: async () => ({ Component: (await import('../payments/PaymentsPage')).PaymentsPage }) },
      {
        path: 'statistics',
        lazy: async () => ({ Component: (await import('../payments/StatisticsPage')).StatisticsPage }),
      },
      { path: 'rules', lazy: async () => ({ Component: (await import('../rules/RulesPage')).RulesPage }) },
      {
        path: 'settings',
        lazy: async () => ({ Component: (await import('../settings/SettingsLayout')).SettingsLayout }),
        children: [
          {
            path: 'substitutes',
            lazy: async () => ({ Component: (await import('../settings/SubstitutesPage')).SubstitutesPage }),
          },
          {
            path: 'handover',
            lazy: async () => ({ Component: (await import('../settings/HandOverPage')).HandOverPage }),
          },
          {
            path: 'phrases',
            lazy: async () => ({ Component: (await import('../settings/PhrasesPage')).PhrasesPage }),
          },
          {
            path: 'calendar',
            lazy: async () => ({ Component: (await import('../settings/CalendarPage')).CalendarPage }),
          },
          {
            path: 'jurisdiction',
            lazy: async () => ({ Component: (await import('../settings/JurisdictionPage')).JurisdictionPage }),
          },
          {
            path: 'faults',
            lazy: async () => ({ Component: (await import('../supervision/FaultsPage')).FaultsPage }),
          },
        ],
      },
      { path: '*', lazy: async () => ({ Component: (await import('./NotFound')).NotFound }) },
    ],
  },
  {
    path: '/verify/:code',
    lazy: async () => ({ Component: (await import('../verify/VerifyPage')).VerifyPage }),
    HydrateFallback: Screen,
  },
  {
    path: '/print/cases/:no/:paper',
    lazy: async () => ({ Component: (await import('../case/print/PrintPage')).PrintPage }),
    HydrateFallback: Screen,
  },
]);
