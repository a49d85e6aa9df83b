import { useOffices } from '../../api/directory';

/** A community by its division code, in its own name. */
export function CommunityName({ code }: { code: string }) {
  const offices = useOffices({ kind: 'community', region: code }, code !== '').data;
  return <>{offices?.find((office) => office.region === code)?.name ?? code}</>;
}
