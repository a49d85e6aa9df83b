// Short names for the bodies of the API. The schema is generated from our own OpenAPI
// (`npm run generate`); nothing here is written twice.
import type { components } from './schema';

type Schemas = components['schemas'];

export type Text = Schemas['Text'];
export type Account = Schemas['Account'];
export type ActionBody = Schemas['ActionBody'];
export type ActionView = Schemas['ActionView'];
export type AttachmentView = Schemas['AttachmentView'];
export type BulkResult = Schemas['BulkResult'];
export type CaseItem = Schemas['CaseItem'];
export type CaseView = Schemas['CaseView'];
export type Death = Schemas['Death'];
export type Defect = Schemas['Defect'];
export type DueRule = Schemas['DueRule'];
export type JournalEntry = Schemas['JournalEntry'];
export type Line = Schemas['Line'];
export type LineFieldView = Schemas['LineFieldView'];
export type LineTotals = Schemas['LineTotals'];
export type Material = Schemas['Material'];
export type Me = Schemas['Me'];
export type Notice = Schemas['NoticeOutputBody'];
export type LiveNotice = Schemas['Notice'];
export type SavedView = Schemas['SavedView'];
export type Phrase = Schemas['Phrase'];
export type Office = Schemas['Office'];
export type Officer = Schemas['Officer'];
export type Option = Schemas['Option'];
export type PersonItem = Schemas['PersonItem'];
export type PersonView = Schemas['PersonView'];
export type PlanStep = Schemas['PlanStep'];
export type PostView = Schemas['PostView'];
export type ProcedureView = Schemas['ProcedureView'];
export type RosterColumn = Schemas['ColumnView'];
export type RosterFinding = Schemas['RosterFinding'];
export type RosterRow = Schemas['RosterRow'];
export type RosterView = Schemas['RosterView'];
export type Substitution = Schemas['Substitution'];
export type StageView = Schemas['StageView'];
export type TaskCounts = Schemas['TaskCounts'];
export type TaskForm = Schemas['TaskForm'];
export type TaskItem = Schemas['TaskItem'];
export type TaskView = Schemas['TaskView'];
export type Verification = Schemas['Verification'];

/** The boxes of the inbox, in the order of the navigation. */
export const BOXES = ['claimable', 'todo', 'done', 'started', 'cc'] as const;
export type Box = (typeof BOXES)[number];
