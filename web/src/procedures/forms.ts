/** The procedures that bring the people of a handover under an interim form of management, F2 to F5. */
export const INTERIM_FORMS = ['entrustment', 'whole-transfer', 'agency-management', 'existing-body'] as const;
