#!/bin/sh
# Renders the small videos that `vat demo` shares, into src/main/resources/dev/vat/demo (or the folder given). They are
# kept in the repository, so neither building nor running vat needs this; run it to change them.
#
#   scripts/render-demo-videos.sh [FOLDER]
#
# Needs ffmpeg with libx264, aac and drawtext, and the DejaVu font (Debian: ffmpeg, fonts-dejavu-core; elsewhere set
# FONT to a .ttf file). Rendered with ffmpeg 5.1.9.
#   draft.mp4        the first draft: moving test picture with title and running time, soft tone
#   draft-david.mp4  the same scene after David's changes: other title, colours and tone
#   draft-jan.mp4    the same after Jan's
#   voice.m4a        an audio edit: a rising and falling tone, 5 s
# All are under 150 kB and start with their index (moov before mdat), so that a browser plays them while they load.
set -eu

folder=${1:-$(CDPATH='' cd "$(dirname "$0")/.." && pwd)/src/main/resources/dev/vat/demo}
font=${FONT:-/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf}
mkdir -p "$folder"

# No tags with dates or versions, one thread: the same ffmpeg gives the same bytes.
exact='-map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact -movflags +faststart'

# video NAME TITLE HUE HERTZ SECONDS
video() {
  # shellcheck disable=SC2086 # the options are words
  ffmpeg -hide_banner -loglevel error -nostdin -y \
    -f lavfi -i "testsrc2=size=640x360:rate=24:duration=$5" \
    -f lavfi -i "sine=frequency=$4:sample_rate=44100:duration=$5" \
    -filter_complex "[0:v]hue=h=$3:s=0.6,drawbox=y=118:h=124:w=iw:color=black@0.72:t=fill,
      drawtext=fontfile=$font:text='$2':fontcolor=white:fontsize=40:x=(w-tw)/2:y=140,
      drawtext=fontfile=$font:text='%{pts\:hms}':fontcolor=white@0.8:fontsize=24:x=(w-tw)/2:y=198[v];
      [1:a]volume=0.6,afade=t=in:d=0.4,afade=t=out:st=$(($5 - 1)):d=1[a]" \
    -map '[v]' -map '[a]' \
    -c:v libx264 -preset veryslow -crf 34 -profile:v main -pix_fmt yuv420p -threads 1 -g 72 \
    -c:a aac -b:a 40k -ac 1 $exact "$folder/$1"
}

video draft.mp4 'FliVideo – draft 1' 0 330 6
# shellcheck disable=SC1112 # the quotes are meant: ffmpeg would take straight ones for its own
video draft-david.mp4 'FliVideo – David’s cut' 90 392 6
# shellcheck disable=SC1112
video draft-jan.mp4 'FliVideo – Jan’s cut' 200 440 5

# shellcheck disable=SC2086 # the options are words
ffmpeg -hide_banner -loglevel error -nostdin -y \
  -f lavfi -i "aevalsrc='0.15*sin(2*PI*(260*t+20*sin(2*PI*0.4*t)/(2*PI*0.4)*4))':s=44100:d=5" \
  -af 'afade=t=in:d=0.3,afade=t=out:st=4:d=1' -c:a aac -b:a 64k -ac 1 $exact "$folder/voice.m4a"

ls -l "$folder"
