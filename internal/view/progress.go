package view

// Progress is one enterprise or street of a handover: people = the sum of all that follows.
type Progress struct {
	Key        string `json:"key" doc:"office id of the enterprise or division code of the street; empty where no street is settled"`
	Name       string `json:"name"`
	People     int    `json:"people"`
	Received   int    `json:"received"`
	Deferred   int    `json:"deferred"`
	Returned   int    `json:"returned"`
	OutOfScope int    `json:"outOfScope" doc:"centrally managed cadres among them"`
	Died       int    `json:"died"`
	Elsewhere  int    `json:"elsewhere"`
	Moved      int    `json:"moved"`
	Open       int    `json:"open"`
}

// Add sums another row up.
func (p *Progress) Add(other Progress) {
	p.People += other.People
	p.Received += other.Received
	p.Deferred += other.Deferred
	p.Returned += other.Returned
	p.OutOfScope += other.OutOfScope
	p.Died += other.Died
	p.Elsewhere += other.Elsewhere
	p.Moved += other.Moved
	p.Open += other.Open
}
