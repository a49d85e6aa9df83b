/** What a refusal decides (不予接收, or 不予批准 where something is permitted): the context of its texts. */
export function decisionOn(type: string): string | undefined {
  return ['handover', 'intake', 'reception'].includes(type) ? undefined : 'permission';
}
