# How the bot presents itself where the platform shows it
introduction = Hello! I am Grannbro. I help neighbours, shops, police and municipality help each other in the chat.

    Follow your area, tell what you see and hear when something happens. Press Start and we'll go through it.

    Is a crime going on or is somebody in danger? Call 112 first.
introduction-short = Neighbours, shops, police and municipality helping each other. Urgent? Call 112 first.
command-does-report = Report step by step
command-does-red = 🔴 Urgent: write what is happening
command-does-yellow = 🟡 Keep an eye out
command-does-green = 🟢 Good to know
command-does-tip = Tip off the police, the council or others in private
command-does-subscribe = Follow an area, a place or a group
command-does-subscriptions = What I follow
command-does-quiet = When it shall be silent
command-does-digest = Gather what is not urgent
command-does-pause = Pause everything for a while
command-does-areas = Areas to follow
command-does-help = How it works
command-does-language = Change language
command-does-privacy = What is kept about me
command-does-consent = My choices
command-does-mute_relay = Let my lines stay in the room
command-does-export = Download my data
command-does-forget = Erase everything about me
command-does-group = About the group, or start one
command-does-link = Link one more room
command-does-unlink = Let the room leave the group
