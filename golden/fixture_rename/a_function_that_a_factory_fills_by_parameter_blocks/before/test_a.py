def test_person(person, author): assert person.friend == author
