// Package archive is the procedure 人事档案转递: personnel archives from the enterprise to the
// designated holder, with every change of hands signed by both sides.
package archive
