import caseTexts from './case.json';
import common from './common.json';
import frame from './frame.json';
import inbox from './inbox.json';
import people from './people.json';
import procedures from './procedures.json';
import roster from './roster.json';
import settings from './settings.json';

export const texts = { case: caseTexts, common, frame, inbox, people, procedures, roster, settings };
