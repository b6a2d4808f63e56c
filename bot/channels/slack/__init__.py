"""The Slack door, on Slack's own SDK: docs/slack.md tells how a workspace gets it.

One message's way: `door` (HTTP) or `socket_mode` → `signing` → `intake` (keeps it in the `inbox`,
answers 2xx) → `worker` (takes it out, in the order of its conversation) → `app` (slack-bolt finds
the listener) → `hearing`, `interactions`, `home` → `conversing` (the bot) → `sending` (Slack).
"""
