import type { Account } from '../api/types';

export interface AccountGroup {
  kind: string;
  offices: { id: string; name: string; accounts: Account[] }[];
}

/** The order a handover passes the kinds of office in; others follow. */
const ORDER = ['enterprise', 'bureau', 'organisation', 'agency', 'street', 'community', 'supervision'];

const ROLES = ['clerk', 'reviewer', 'head'];
const roleRank = (account: Account) => ROLES.indexOf(account.roles[0] ?? '');

/** Accounts whose user name, name or office contains the text. */
export function matchAccounts(accounts: Account[], q: string): Account[] {
  const wanted = q.trim().toLowerCase();
  if (!wanted) return accounts;
  return accounts.filter((account) =>
    [account.username, account.name, account.officeName].some((value) => value.toLowerCase().includes(wanted)),
  );
}

export function groupAccounts(accounts: Account[]): AccountGroup[] {
  const kinds = new Map<string, Map<string, Account[]>>();
  for (const account of accounts) {
    const offices = kinds.get(account.officeKind) ?? new Map<string, Account[]>();
    kinds.set(account.officeKind, offices);
    offices.set(account.office, [...(offices.get(account.office) ?? []), account]);
  }
  const rank = (kind: string) => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length);
  return [...kinds.entries()]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([kind, offices]) => ({
      kind,
      offices: [...offices.entries()].map(([id, list]) => ({
        id,
        name: list[0]?.officeName ?? id,
        accounts: [...list].sort((a, b) => roleRank(a) - roleRank(b)),
      })),
    }));
}
