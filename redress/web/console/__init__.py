"""The reviewers' console: an application of its own under /console, server-rendered, with htmx for what moves."""
