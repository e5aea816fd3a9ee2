__name__ = __package__ or __name__  # as before: loggers, pickles and reprs say it


a_name_that_is_so_long_that_a_line_has_no_room_for_it_and_for_its_other_half_too_not_at_all = 1
