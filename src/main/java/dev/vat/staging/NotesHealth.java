package dev.vat.staging;

/// In what state the team's notes (`metadata.json`) were found in S3.
public sealed interface NotesHealth {
  /// All of it was understood.
  record Good() implements NotesHealth {}

  /// There are none: a new project, or they were removed by hand. The next upload writes them.
  record Missing() implements NotesHealth {}

  /// Some entries could not be read and were left out. The next upload puts the old notes aside and
  /// writes new ones.
  record PartlyUnreadable() implements NotesHealth {}

  /// They are not vat's, or damaged. The next upload puts them aside and writes new ones.
  ///
  /// @param why fit for users
  record NotOurs(String why) implements NotesHealth {}
}
