package deploy

import (
	"os"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
)

func project(t *testing.T) *types.Project {
	t.Helper()
	body, err := os.ReadFile("../docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := loader.LoadWithContext(t.Context(), types.ConfigDetails{WorkingDir: "..", ConfigFiles: []types.ConfigFile{{Filename: "docker-compose.yml", Content: body}},
		Environment: types.Mapping{}}, func(options *loader.Options) { options.SetProjectName("jieli", true) })
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// The file parses strictly, with every service the architecture names, and every long-running one
// tells whether it is well.
func TestEveryServiceIsThereAndWatched(t *testing.T) {
	services := project(t).Services
	for _, name := range []string{"postgres", "temporal-schema", "temporal", "temporal-namespace", "temporal-ui", "migrate", "api", "worker"} {
		service, ok := services[name]
		if !ok {
			t.Errorf("the service %s is missing", name)
			continue
		}
		runsOn := service.Restart != "no"
		if runsOn && name != "temporal-ui" && service.HealthCheck == nil {
			t.Errorf("%s has no healthcheck", name)
		}
	}
}

// What a service waits for exists, and is waited for in a way that can come true.
func TestDependenciesCanComeTrue(t *testing.T) {
	services := project(t).Services
	for name, service := range services {
		for needed, dependency := range service.DependsOn {
			target, ok := services[needed]
			if !ok {
				t.Errorf("%s waits for %s, which does not exist", name, needed)
				continue
			}
			switch dependency.Condition {
			case types.ServiceConditionHealthy:
				if target.HealthCheck == nil {
					t.Errorf("%s waits for %s to be healthy, which has no healthcheck", name, needed)
				}
			case types.ServiceConditionCompletedSuccessfully:
				if target.Restart != "no" {
					t.Errorf("%s waits for %s to complete, which restarts for ever", name, needed)
				}
			default:
				t.Errorf("%s only waits for %s to start", name, needed)
			}
		}
	}
}

// Secrets come from files or the environment; none stands in the file.
func TestNoSecretInTheFile(t *testing.T) {
	parsed := project(t)
	for name, secret := range parsed.Secrets {
		if secret.File == "" && secret.Environment == "" {
			t.Errorf("the secret %s comes from neither a file nor the environment", name)
		}
	}
	for name, service := range parsed.Services {
		for variable, value := range service.Environment {
			sensitive := strings.Contains(variable, "PASSWORD") || strings.Contains(variable, "PWD") || strings.Contains(variable, "KEYS") || strings.Contains(variable, "DATABASE_URL")
			if sensitive && value != nil && !strings.HasPrefix(*value, "/run/secrets/") {
				t.Errorf("%s sets %s in the file", name, variable)
			}
		}
		for _, used := range service.Secrets {
			if _, ok := parsed.Secrets[used.Source]; !ok {
				t.Errorf("%s uses the secret %s, which is not declared", name, used.Source)
			}
		}
	}
}

// Nothing but the API (behind its proxy) and the administrators' page is published, and both only on this host.
func TestOnlyTheHostReachesThePorts(t *testing.T) {
	for name, service := range project(t).Services {
		for _, port := range service.Ports {
			if port.HostIP != "127.0.0.1" || name != "api" && name != "temporal-ui" {
				t.Errorf("%s publishes %s on %q", name, port.Published, port.HostIP)
			}
		}
	}
}
