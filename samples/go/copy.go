package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Key tells entities apart: servers behind the hub may use the same ids.
type Key struct{ Type, Source, ID string }

// Payload has the fields of jobs, runners and pools that the numbers need.
type Payload struct {
	ID              json.RawMessage `json:"id"`
	RepoID          string          `json:"repo_id"`
	OrgID           string          `json:"org_id"`
	EnterpriseID    string          `json:"enterprise_id"`
	ForgeInstanceID string          `json:"forge_instance_id"`
	Labels          []string        `json:"labels"`
	RunnerStatus    string          `json:"runner_status"`
	PoolID          string          `json:"pool_id"`
	Enabled         bool            `json:"enabled"`
	Priority        int             `json:"priority"`
	MaxRunners      int             `json:"max_runners"`
	MinIdleRunners  int             `json:"min_idle_runners"`
	Tags            []struct {
		Name string `json:"name"`
	} `json:"tags"`
}

// Frame is an event, a row of a snapshot, or what the hub says besides.
type Frame struct {
	Control      string  `json:"control"`
	Type         string  `json:"entity-type"`
	Operation    string  `json:"operation"`
	Source       string  `json:"source"`
	Left         bool    `json:"left"`
	Payload      Payload `json:"payload"`
	Cursor       string  `json:"cursor"`
	Code         string  `json:"code"`
	Message      string  `json:"message"`
	RetryAfterMs int64   `json:"retry-after-ms"`
}

// Copy is what the filter asks for, and the place in the log that it is of.
type Copy struct {
	Entities    map[Key]Payload
	Cursor      string
	InSnapshot  bool
	Live        bool
	Unconfirmed map[Key]bool // Neither in a row of the snapshot nor in an event yet.
}

// Take takes a frame.
func (c *Copy) Take(frame Frame) error {
	switch {
	case frame.Control == "snapshot-begin":
		c.Cursor, c.InSnapshot, c.Live, c.Unconfirmed = "snapshot", true, false, map[Key]bool{}
		for key := range c.Entities {
			c.Unconfirmed[key] = true
		}
	case frame.Control == "snapshot-end":
		c.InSnapshot = false
	case frame.Control == "caught-up":
		// An entity that changed during the snapshot may come as an event only, before this.
		for key := range c.Unconfirmed {
			delete(c.Entities, key)
		}
		c.Unconfirmed, c.Live = nil, true
	case frame.Control == "error" && frame.Code != "slow-consumer" && frame.Code != "session-ended":
		return fmt.Errorf("%w: %s: %s", errFinal, frame.Code, frame.Message)
	case frame.Control == "":
		key := Key{frame.Type, frame.Source, strings.Trim(string(frame.Payload.ID), `"`)}
		delete(c.Unconfirmed, key)
		if frame.Operation == "delete" || frame.Left {
			delete(c.Entities, key)
		} else {
			c.Entities[key] = frame.Payload
		}
	}
	if frame.Cursor != "" && !c.InSnapshot { // A snapshot that was cut begins anew.
		c.Cursor = frame.Cursor
	}
	return nil
}
