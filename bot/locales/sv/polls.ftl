# Omröstningar
poll-head = 📊 **{ $question }** — { $byline }
poll-choice = { $number }. { $choice }: **{ $votes }**{ $votes ->
    [0] {""}
   *[other] {" "}({ $percent } %)
}
poll-foot = { $votes ->
    [0] Ingen har röstat än
    [one] 1 röst i alla rum
   *[other] { $votes } röster i alla rum
}. { $is_open ->
    [yes] { $is_here ->
        [yes] Rösta här under, så räknas det. Öppen till { $until }.
       *[no] Öppen till { $until }.
    }
    [changed] Omröstningen är stängd, för frågan ändrades. Rösterna gällde den som står här.
   *[no] Omröstningen är stängd.
}
poll-close = Stäng omröstningen
poll-changed = Du ändrade din fråga, så jag stängde omröstningen: rösterna gällde den gamla. Fråga gärna på nytt i rummet.
poll-is-closed = Omröstningen är stängd. Resultatet står i rummet.
poll-is-another-s = Bara den som frågade kan stänga omröstningen. Den stänger själv när tiden är ute.
privacy-polls = • { $asked ->
    [0] Ingen omröstning
    [one] 1 omröstning
   *[other] { $asked } omröstningar
} som du startat och { $voted ->
    [0] ingen röst
    [one] 1 röst
   *[other] { $voted } röster
}, så att alla rum räknas ihop. Orden och rösterna glömmer jag { $days } dagar efter att omröstningen stängt
