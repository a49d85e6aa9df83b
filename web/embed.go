package web

import (
	"embed"
	"io/fs"
)

// The folder holds only .keep until `make web` has built the pages.
//
//go:embed all:dist
var dist embed.FS

// Files are the built pages, with index.html at the top.
func Files() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the folder is embedded under this very name
	}
	return files
}
