# Polls
poll-head = 📊 **{ $question }** — { $byline }
poll-choice = { $number }. { $choice }: **{ $votes }**{ $votes ->
    [0] {""}
   *[other] {" "}({ $percent }%)
}
poll-foot = { $votes ->
    [0] Nobody has voted yet
    [one] 1 vote in all rooms
   *[other] { $votes } votes in all rooms
}. { $is_open ->
    [yes] { $is_here ->
        [yes] Vote below, and it counts. Open until { $until }.
       *[no] Open until { $until }.
    }
    [changed] The poll is closed, for its question was changed. The votes were for the one above.
   *[no] The poll is closed.
}
poll-close = Close the poll
poll-changed = You changed your question, so I closed the poll: the votes were for the old one. You are welcome to ask again in the room.
poll-is-closed = The poll is closed. The result stands in the room.
poll-is-another-s = Only the person who asked can close the poll. It closes by itself when its time is up.
privacy-polls = • { $asked ->
    [0] No poll
    [one] 1 poll
   *[other] { $asked } polls
} that you started and { $voted ->
    [0] no vote
    [one] 1 vote
   *[other] { $voted } votes
}, so that all rooms are counted together. I forget the words and the votes { $days } days after the poll has closed
