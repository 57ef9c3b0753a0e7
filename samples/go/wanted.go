package main

import (
	"sort"
	"strings"
)

// Wanted is a line of what is printed.
type Wanted struct {
	Source string `json:"source"`
	Pool   string `json:"pool"`
	Queued int    `json:"queued"`
	Busy   int    `json:"busy"`
	Wanted int    `json:"wanted"`
}

// takes tells whether a pool may run a job: it is of the job's repository, organization or enterprise, and has all of its labels.
func takes(pool, job Payload) bool {
	tags := map[string]bool{}
	for _, tag := range pool.Tags {
		tags[strings.ToLower(tag.Name)] = true
	}
	for _, label := range job.Labels {
		if !tags[strings.ToLower(label)] {
			return false
		}
	}
	same := func(a, b string) bool { return a != "" && a == b }
	return pool.Enabled && (same(pool.RepoID, job.RepoID) || same(pool.OrgID, job.OrgID) ||
		same(pool.EnterpriseID, job.EnterpriseID) || same(pool.ForgeInstanceID, job.ForgeInstanceID))
}

// Wanted returns how many runners each pool should have: the active ones, the idle ones it keeps, and one for each queued job that it gets.
func (c *Copy) Wanted() []Wanted {
	var pools []Key
	queued, busy := map[Key]int{}, map[Key]int{}
	for key, payload := range c.Entities {
		if key.Type == "pool" {
			pools = append(pools, key)
		} else if key.Type == "instance" && payload.RunnerStatus == "active" {
			busy[Key{"pool", key.Source, payload.PoolID}]++
		}
	}
	sort.Slice(pools, func(i, j int) bool {
		a, b := c.Entities[pools[i]].Priority, c.Entities[pools[j]].Priority
		return a > b || (a == b && pools[i].ID < pools[j].ID)
	})
	for key, job := range c.Entities {
		for _, pool := range pools {
			if key.Type == "job" && key.Source == pool.Source && takes(c.Entities[pool], job) {
				queued[pool]++
				break
			}
		}
	}
	rows := make([]Wanted, 0, len(pools))
	for _, key := range pools {
		pool, most := c.Entities[key], 0
		if pool.Enabled {
			most = pool.MaxRunners
		}
		want := busy[key] + queued[key] + pool.MinIdleRunners
		if want > most {
			want = most
		}
		rows = append(rows, Wanted{key.Source, key.ID, queued[key], busy[key], want})
	}
	return rows
}
