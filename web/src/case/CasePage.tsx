import { useParams } from 'react-router';
import { CaseDetail } from './CaseDetail';

/** A case on a page of its own, as a link sent to a colleague opens it. */
export function CasePage() {
  const { no = '' } = useParams();
  return <CaseDetail key={no} no={no} />;
}
