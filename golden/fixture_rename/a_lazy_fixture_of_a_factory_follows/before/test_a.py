def test_person(person, author): assert person.friend == author
def test_buddy(buddy, author): assert buddy.friend == author
