package api

// RouteRow is a row of the route table, for tests.
type RouteRow struct{ Method, Path, Permission string }

// RouteTable lists the rows of the route table.
func RouteTable() []RouteRow {
	var rows []RouteRow
	for _, route := range (&Server{}).routes() {
		rows = append(rows, RouteRow{Method: route.Method, Path: route.Path, Permission: route.Permission})
	}
	return rows
}
