package dev.vat.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// A line of a text file, as somebody would read it.
///
/// @param number from 1
/// @param time where it is said in the recording, as the transcript writes it (`00:01:05`); empty
///     when the file does not tell
/// @param text one line
record TextLine(int number, Optional<String> time, String text) {
  /// `00:01:05,500 --> 00:01:07,000`; hours may be missing, and a `.` stand for the `,`.
  private static final Pattern CUE =
      Pattern.compile("\\s*((?:\\d{1,4}:)?\\d{1,2}:\\d{2})[.,]\\d{1,3}\\s*-->.*");

  /// Times, and where on the picture the words stand.
  private static final int LONGEST_CUE = 200;

  private static final Pattern CUE_NUMBER = Pattern.compile("\\d{1,6}");
  private static final JsonFactory JSON = JsonFactory.builder().build();

  /// The lines of a file that hold words.
  ///
  /// Of subtitles, those that are said, each with its time, without numbers and times of their own.
  /// Of JSON, the values that are text: whoever makes transcripts writes names and times around
  /// them, and letters with accents as codes.
  static List<TextLine> of(String text) {
    if (text.startsWith("{") || text.startsWith("[")) {
      Optional<List<TextLine>> values = values(text);
      if (values.isPresent()) {
        return values.get();
      }
    }
    List<TextLine> lines = new ArrayList<>();
    Optional<String> time = Optional.empty();
    int number = 0;
    List<String> all = text.lines().toList();
    for (String line : all) {
      number++;
      Optional<String> cue = cue(line);
      if (cue.isPresent()) {
        time = cue;
      } else if (!line.isBlank() && !isCueNumber(line, all, number)) {
        lines.add(new TextLine(number, time, line.strip()));
      }
    }
    return lines;
  }

  /// @param next the index of the line after it
  private static boolean isCueNumber(String line, List<String> all, int next) {
    return Character.isDigit(line.charAt(0))
        && next < all.size()
        && cue(all.get(next)).isPresent()
        && CUE_NUMBER.matcher(line.strip()).matches();
  }

  /// The time in a line that tells when something is said. The arrow is looked for first: most
  /// lines have none, and all of a file's are looked at.
  private static Optional<String> cue(String line) {
    if (line.length() > LONGEST_CUE || !line.contains("-->")) {
      return Optional.empty();
    }
    Matcher cue = CUE.matcher(line);
    return cue.matches() ? Optional.of(cue.group(1)) : Optional.empty();
  }

  /// @return empty when it is no JSON
  private static Optional<List<TextLine>> values(String json) {
    List<TextLine> lines = new ArrayList<>();
    double start = -1;
    String name = "";
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case PROPERTY_NAME -> name = parser.currentName();
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
            if (name.equals("start")) {
              start = parser.getDoubleValue();
            }
          }
          case VALUE_STRING -> {
            String value = parser.getString();
            int number = parser.currentTokenLocation().getLineNr();
            for (String line : value.lines().filter(one -> !one.isBlank()).toList()) {
              lines.add(new TextLine(number, clock(start), line.strip()));
            }
          }
          case END_OBJECT -> start = -1;
          default -> {
            continue;
          }
        }
      }
      return Optional.of(lines);
    } catch (JacksonException none) {
      return Optional.empty();
    }
  }

  private static Optional<String> clock(double seconds) {
    if (!(seconds >= 0 && seconds < 360_000)) {
      return Optional.empty();
    }
    int whole = (int) seconds;
    return Optional.of("%02d:%02d:%02d".formatted(whole / 3600, whole / 60 % 60, whole % 60));
  }
}
