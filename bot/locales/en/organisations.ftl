# Who is in charge, and how to reach them
organisations-where = Where is it? Write the area's name or share your place, and I'll say who is in charge there.
organisations-none = I know no organisation that looks after { $area }. Is it happening now? Call 112. Otherwise you can tell the neighbours.
organisations-here = These look after { $area }. Is it happening now? Call 112 first.

    { $lines }
organisations-line = • **{ $name }** ({ $role ->
    [police] police
    [municipality] municipality
    [fire_service] fire service
    [guard] guards
    [landlord] landlord
   *[volunteer] volunteers
}){ $has_ask ->
    [yes] {": "}{ $ask }
   *[no] {""}
}{ $how ->
    [open] {" "}Call { $phone }.
    [closed] {" "}Phone { $phone }, open { $hours }.
   *[none] {""}
}{ $has_desk ->
    [yes] {" "}Reads what is sent here.
   *[no] {""}
}
organisations-tip = Write to { $name }
organisation-usage = Here you add those in charge: the municipality, the police, the landlord. Choose one to change, or add a new one. Their own room becomes the desk when you write /organisation desk and the name there.
organisation-new = Add a new one
organisation-unknown = I find no organisation called “{ $name }”. Write /organisation to see those you can change.
organisation-configured = The one who runs me has added { $name }, so it is changed in the settings. Please ask that person.
organisation-ask-name = What is the organisation called? Write the name that people know.
organisation-name-unfit = Write a name of at most { $most } signs.
organisation-ask-role = What is { $name }?
role-police = Police
role-municipality = Municipality
role-fire_service = Fire service
role-guard = Guards
role-landlord = Landlord
role-volunteer = Volunteers
organisation-ask-area = Which area does { $name } look after? Write a name. More can be added later.
organisation-everywhere = The whole map
organisation-ask-domain = Which mail domain have those who work there? Such as botkyrka.se. It must be the organisation's own: whoever has an address there can be verified.
organisation-no-domain = None yet
organisation-domain-unfit = That domain won't do. Write the organisation's own, such as botkyrka.se. Domains where anybody gets an address prove nothing.
organisation-preview = This is how it will be:

    {""}**{ $name }** · { $role }
    Area: { $has_areas ->
        [yes] { $areas }
       *[no] the whole map
    }
    Mail domains: { $has_domains ->
        [yes] { $domains }
       *[no] none yet
    }
organisation-add = Add
organisation-added = Done. { $name } is added as { $id }.
organisation-next = Next: write /organisation desk { $id } in their own room. The first one there then writes /verify, and two coordinators approve.
organisation-change = Add phone and hours
organisation-told-added = { $name } is now among the organisations. If you don't know of it, talk to the other coordinators.
organisation-told-changed = { $name } was changed: { $field ->
    [domain] its mail domains
    [name] its name, which is { $now } now
    [phone] its phone number, which is { $now } now
    [desk] which rooms read what is sent to it
   *[area] its area
}. If you don't know of it, talk to a coordinator.
organisation-known = **{ $name }** · { $role } · { $id }
    Area: { $has_areas ->
        [yes] { $areas }
       *[no] the whole map
    }
    Mail domains: { $domains }
    Desk rooms: { $desks }
    Phone: { $phone }{ $has_hours ->
        [yes] {", "}{ $hours }
       *[no] {""}
    }
    May be asked: { $ask }
organisation-field-name = Name
organisation-field-domain = Mail domain
organisation-field-area = Area
organisation-field-phone = Phone
organisation-field-hours = Hours
organisation-field-ask = Ask about
organisation-ask-new-name = What shall { $name } be called?
organisation-ask-new-domain = Write a mail domain of { $name }. If it is there already it is taken out, and the roles that were proved there end.
organisation-ask-new-area = Write an area of { $name }. If it is there already it is taken out. “Everywhere” means the whole map.
organisation-ask-new-phone = Which number may anybody call to reach { $name }? Write “none” to take it out.
organisation-ask-new-hours = When does { $name } answer? Such as “weekdays 8–16:30”. Write “none” if it is day and night.
organisation-ask-new-ask = What may one ask of { $name }? Write a short sentence in your language.
organisation-phone-unfit = Write a phone number in digits, such as 114 14 or +46 8 123 45 67.
organisation-hours-unfit = I don't understand those hours. Write “weekdays 8–16:30” or “mon–thu 8–17, fri 8–15”, say.
organisation-area-last = It is the only area. Add another first, or write “everywhere”.
organisation-desk = This room is now the desk of **{ $name }**. Reports from their area and requests to be verified come here.
organisation-desk-ends = This room is no longer the desk of { $name }.
organisation-remove = Remove
organisation-remove-sure = Shall { $name } be removed? All roles there end at once.
organisation-remove-yes = Yes, remove
organisation-removed = { $name } is no longer among the organisations.
