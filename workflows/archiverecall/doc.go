// Package archiverecall is the procedure 人事档案追回: an archive that went where it should not have gone comes back, signed
// for by both holders.
package archiverecall
