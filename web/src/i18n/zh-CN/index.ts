import caseTexts from './case.json';
import common from './common.json';
import frame from './frame.json';
import governance from './governance.json';
import groups from './groups.json';
import inbox from './inbox.json';
import people from './people.json';
import procedures from './procedures.json';
import roster from './roster.json';
import rules from './rules.json';
import settings from './settings.json';
import supervision from './supervision.json';
import verify from './verify.json';

export const texts = {
  case: caseTexts,
  common,
  frame,
  governance,
  groups,
  inbox,
  people,
  procedures,
  roster,
  rules,
  settings,
  supervision,
  verify,
};
