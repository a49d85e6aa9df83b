module jieli

go 1.26
