import ExcelJS from 'exceljs';
import JSZip from 'jszip';

const PLAIN_PROPERTIES =
  '<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>';

/** Opens a workbook of ours. ExcelJS stumbles over document properties without a prefix; they are left out. */
export async function openWorkbook(content: Buffer): Promise<ExcelJS.Workbook> {
  const zip = await JSZip.loadAsync(content);
  if (zip.file('docProps/core.xml')) zip.file('docProps/core.xml', PLAIN_PROPERTIES);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await zip.generateAsync({ type: 'arraybuffer' }));
  return workbook;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/** A well-formed ID number of nobody: a man of the district, born on 1955-05-05, with a running number. */
export function inventedNumber(n: number): string {
  const first17 = `21010619550505${String(n * 2 + 1).padStart(3, '0')}`;
  const sum = [...first17].reduce((total, digit, at) => total + Number(digit) * (WEIGHTS[at] ?? 0), 0);
  return first17 + CHECKS[sum % 11];
}
