"""Why a file cannot be taken in, and what to do then."""

from wayhome.kernel.refusal import Refusal


class CannotReadPlan(Refusal):
    """This file cannot be read as a plan. Save it as Word (.docx), Excel (.xlsx), CSV or text and try again."""


class NoSuchPlan(CannotReadPlan):
    """There is no such file. Give the Word, Excel, CSV or text file of the plan."""


class NoPlanInFile(CannotReadPlan):
    """No plan was found in this file: no table with an action column, and no priority with a list of commitments.
    Check that it is the right file, or give the first row of the table the names of its columns.
    """


class LockedFile(CannotReadPlan):
    """This file is locked with a password. Open it, take the password off, save it and try again."""


class CorruptFile(CannotReadPlan):
    """This file is damaged and cannot be opened. Open it in the program that made it, save it anew and try again."""


class OldWordFile(CannotReadPlan):
    """This is a Word file of the kind made before 2007 (.doc). Open it in Word, save it as .docx and try again."""


class OtherKindOfFile(CannotReadPlan):
    """Plans are read from Word (.docx), Excel (.xlsx), CSV, text and web page files. Save it as one of these and try
    again, or copy its tables into a text file.
    """


class TooLargeFile(CannotReadPlan):
    """This file is too large for a plan. Take out the pictures, sheets and pages that are no part of it."""


class EmptyFile(CannotReadPlan):
    """This file is empty. Give the file that holds the plan."""
