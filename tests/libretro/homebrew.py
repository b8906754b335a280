"""Two tiny games for the emulators to run, made byte by byte: homebrew.py FOLDER writes scroll.gb (Game Boy) and scroll.nes (NES). The pad scrolls a
pattern about; a counter changes a part of it with each frame."""
import sys


def game_boy():
    rom = bytearray(0x8000)
    rom[0x100:0x104] = bytes.fromhex("00 c3 50 01")                  # nop; jp $150
    rom[0x104:0x108] = bytes.fromhex("ce ed 66 66")                  # by which some tell such a ROM
    rom[0x134:0x13f] = b"SCROLL\0\0\0\0\0"
    code = bytes.fromhex(
        "f3 af e0 40"                                                 # di; the screen off
        "21 00 80  7d ac 22 7c fe 9c 20 f8"                           # fill tiles and map: a pattern of the address
        "3e e4 e0 47  3e 91 e0 40"                                    # palette; the screen on
        "f0 44 fe 90 20 fa"                                           # main: wait for line 144
        "3e 20 e0 00 f0 00 f0 00 2f e6 0f 47"                         # read the pad into b
        "cb 40 28 05 f0 43 3c e0 43  cb 48 28 05 f0 43 3d e0 43"      # right, left
        "cb 50 28 05 f0 42 3d e0 42  cb 58 28 05 f0 42 3c e0 42"      # up, down
        "21 00 c0 34 7e ea 10 80"                                     # count, and show the count in a tile
        "f0 44 fe 90 28 fa")                                          # until line 144 is over
    main = 4 + 11 + 8
    code += bytes((0x18, (main - len(code) - 2) & 0xff))              # jr main
    rom[0x150:0x150 + len(code)] = code
    rom[0x14d] = -sum(byte + 1 for byte in rom[0x134:0x14d]) & 0xff   # the header's checksum
    return bytes(rom)


def nes():
    code = bytes.fromhex(
        "78 d8 a2 ff 9a  2c 02 20 10 fb  2c 02 20 10 fb"              # sei; cld; stack; two frames for the picture unit
        "a9 3f 8d 06 20 a9 00 8d 06 20  a2 00 8a 8d 07 20 e8 e0 20 d0 f7"            # palette 0, 1, 2 ...
        "a9 20 8d 06 20 a9 00 8d 06 20  a2 00 a0 04 8a 8d 07 20 e8 d0 f9 88 d0 f6"   # the screen's tiles
        "a9 0a 8d 01 20")                                             # show the background
    main = 0xc000 + len(code)
    code += bytes.fromhex(
        "2c 02 20 10 fb"                                              # wait for the frame's end
        "a9 01 8d 16 40 a9 00 8d 16 40  a2 08 ad 16 40 4a 26 00 ca d0 f7"            # read the pad into $00
        "a5 00 29 01 f0 02 e6 01  a5 00 29 02 f0 02 c6 01"            # right, left
        "e6 02"                                                       # count
        "a9 3f 8d 06 20 a9 01 8d 06 20 a5 02 8d 07 20"                # and show the count as a colour
        "a9 00 8d 06 20 8d 06 20  a5 01 8d 05 20 a9 00 8d 05 20")     # scroll
    code += bytes((0x4c, main & 0xff, main >> 8))
    program = bytearray(0x4000)
    program[:len(code)] = code
    program[0x3ff0] = 0x40                                            # rti
    program[0x3ffa:] = bytes.fromhex("f0ff 00c0 f0ff")
    pattern = bytes((i * 37 ^ i >> 3) & 0xff for i in range(0x2000))
    return b"NES\x1a" + bytes((1, 1, 1, 0)) + bytes(8) + bytes(program) + pattern


if __name__ == "__main__":
    for name, data in (("scroll.gb", game_boy()), ("scroll.nes", nes())):
        with open(f"{sys.argv[1]}/{name}", "wb") as file:
            file.write(data)
