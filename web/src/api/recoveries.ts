import { useQueryClient } from '@tanstack/react-query';
import { client } from './client';
import type { components } from './schema';
import type { CaseView } from './types';
import { useWrite } from './write';

type Schemas = components['schemas'];
export type RecoveryCase = Schemas['RecoveryCase'];
export type NewReceipt = Schemas['NewReceipt'];

/** Writes down money that came in; the answer is the case as it stands after it. */
export function useRecordReceipt(no: string, onSuccess: () => void) {
  const queries = useQueryClient();
  return useWrite(
    (body: NewReceipt, headers) =>
      client.POST('/api/v1/cases/{no}/receipts', { params: { path: { no } }, body, headers }),
    {
      onSuccess: (after: CaseView) => {
        queries.setQueryData(['case', no], after);
        onSuccess();
      },
    },
  );
}
