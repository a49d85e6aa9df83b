/** What one person's handover asks for: the required columns of a roster and what decides the place. */
export const PERSON_FIELDS: readonly { key: string; required: boolean; hint: boolean }[] = [
  { key: 'name', required: true, hint: false },
  { key: 'id_number', required: true, hint: true },
  { key: 'retirement_date', required: true, hint: true },
  { key: 'phone', required: false, hint: false },
  { key: 'residence_address', required: false, hint: true },
  { key: 'residence_code', required: false, hint: true },
  { key: 'hukou_address', required: false, hint: false },
  { key: 'hukou_code', required: false, hint: false },
  { key: 'paying_agency', required: false, hint: false },
];
