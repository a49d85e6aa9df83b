import { useProcedures } from '../api/directory';

/** The kind of office that answers for a stage, from the declared procedures. */
export function useStageOffice(type: string, stage: string): string | undefined {
  const procedures = useProcedures().data;
  return procedures?.find((procedure) => procedure.type === type)?.stages.find((declared) => declared.key === stage)
    ?.officeKind;
}
