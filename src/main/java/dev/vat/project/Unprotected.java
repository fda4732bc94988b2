package dev.vat.project;

import java.nio.file.Path;

/// Something at the repository's top that is no project: `vat` never touches it, and says so
/// (design, section 2).
///
/// @param path absolute
public record Unprotected(Path path, Reason reason) {
  /// Why it is no project.
  public enum Reason {
    /// A folder without media and without one of the known subfolders, or one called `final`.
    NO_PROJECT("it holds no media and none of the usual subfolders"),
    /// A folder called `final`, which is a part of projects and never one itself.
    RESERVED_FOLDER("a folder with this name is never a project"),
    /// A folder named like a range (`b00-b49`) that is not below `archived/`.
    RANGE_FOLDER("it is named like a range of archived projects, but is not in archived/"),
    /// A hidden folder that holds media.
    HIDDEN("it is hidden, and holds media"),
    /// A video or audio file beside the projects.
    LOOSE_MEDIA("a media file outside of every project"),
    /// A link: links are not followed.
    LINK("it is a link, and links are not followed"),
    /// The folder cannot be read, so nobody can tell what it holds.
    UNREADABLE("it cannot be read"),
    /// What was replaced in the copy of a project beside it.
    PUT_ASIDE("it holds what was replaced in the project beside it; vat never deletes that"),
    /// What a command of `vat` was at when it was cut, or is at now.
    UNFINISHED(
        "a vat command is at it, or was cut in the middle; run again, that one goes on with it"),
    /// The name is not fit for a project's id.
    UNFIT_NAME("its name cannot be a project's name on every system");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /// The reason in words for users, to follow the path: "docs: it holds no media …".
    public String words() {
      return words;
    }
  }
}
