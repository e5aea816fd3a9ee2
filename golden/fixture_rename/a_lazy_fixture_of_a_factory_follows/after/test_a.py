def test_person(person, writer): assert person.friend == writer
def test_buddy(buddy, writer): assert buddy.friend == writer
