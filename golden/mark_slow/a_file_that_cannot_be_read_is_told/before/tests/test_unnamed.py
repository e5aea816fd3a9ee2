def test_no_report_names_it():
    assert (
