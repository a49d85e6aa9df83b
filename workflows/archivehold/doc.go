// Package archivehold is the procedure 人事档案暂不移交登记: an archive stays where it is on a letter; the case exists for Party
// roles alone.
package archivehold
