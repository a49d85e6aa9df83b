// Package stacktest gives tests a real PostgreSQL and a real Temporal dev server: started once per
// test process, or named by JIELI_TEST_DATABASE_URL and JIELI_TEST_TEMPORAL_ADDRESS. Every test gets
// a database and a Temporal namespace of its own. Only tests import it.
package stacktest
