// The panels: each draws a part of the view and changes what it may of it. One file per panel.
#pragma once

#include "player/gl/scene.h"
#include "player/gl/texture_shelf.h"
#include "player/layout.h"
#include "player/view.h"

namespace drift {

void sampler_panel(View& view);
void lanes_panel(View& view);
void time_panel(View& view);
void truth_panel(View& view);
void recording_panel(View& view);
void speed_panel(View& view);
void world_panel(View& view, TextureShelf& shelf);

// All sections of a column, in a window of its own that scrolls.
void draw_column(View& view, const Column& column, int number, TextureShelf& shelf);
// In a narrow window: all sections in a drawer over the picture when it is open, and the button that opens and closes it.
void drawer(View& view, const Column& column, const Box& handle, TextureShelf& shelf);
// Buttons for what is done often, each with its key.
void toolbar(View& view, const Box& box);
// Where a panel wants a session to be watched while a game is played. True: it is to be.
bool ask_to_watch(View& view);
// What was played, to be gone back to.
void time_bar(View& view, const Box& box, TextureShelf& shelf);
// Plots of the drift, or the film strip of a step.
void dock(View& view, const Box& box, TextureShelf& shelf);
// Is a frame shown that is not the newest? And what is said of it then.
bool in_the_past(const View& view);
void past_badge(View& view, const Box& picture);
void status_bar(View& view, const Box& box);
void help_overlay(View& view, const Box& window);
// Every act and button, to be put on another key; over the picture.
void keys_page(View& view, const Box& window);
// What lasts: how the window looks, when the game waits, folders, what computes, sections; and what this program is. Over the picture.
void settings_page(View& view, const Box& window);
// Of the panels, where they can be dragged.
void panel_edges(View& view, const Layout& layout);
// What was recorded, exported and pictured; over the picture.
void library_page(View& view, const Box& window, TextureShelf& shelf);
// How its world was trained; over the picture.
void training_page(View& view, const Box& window, TextureShelf& shelf);
void learn_page(View& view, const Box& window, TextureShelf& shelf);
// The game's keys in the corner of the first picture, lit where this frame was made with them.
void held_keys(const View& view, const Fit& fit);
// Finds acts, settings, presets, worlds and recordings by parts of their names; over the picture.
void command_palette(View& view, const Box& window, const Box& picture);
// What a new user needs to know, over the picture.
void first_words_over(View& view, const Box& picture);
void banner(View& view, const Box& picture);
// A border around each picture, a name above it, what is to be said on it; clicks and their menu.
void picture_captions(View& view, const Scene& scene, const std::vector<Tile>& tiles, const Fit& fit);
// What stands in the picture's place while there is none.
void empty_picture(const View& view, const Box& picture);

}  // namespace drift
