/**
 * What SQLite's tokenizer `unicode61` takes for a part of a word, and how it folds case and removes diacritics: its own tables, which it has not changed
 * since version 3.25. Numbers in base 36. Written by `FACTPRESS_WRITE=1 npm run test:readers`, which compares every code point with SQLite.
 */

/** Runs of characters of words: the gap after the run before, and the length less one. */
export const TOKEN_RUNS = `
1c 9 8 p 7 p 1c 0 8 1 2 0 4 1 2 2 2 m 2 u 2 cp 5 b f 4 8 0 2 0 3m 4 2 7 2 4 3 0 2 31 2 3u 9 5r 7 14 3 3 2 0 1k 16 3 a 6 0 n 1 3 16
m 9 5 1 2 2q 2 0 g 1 8 e 3 0 f 0 2 0 2 t s 2i c 1l a 1 5 r 5 0 a 0 4 0 6 1 g p 4 1 2 3o s 0 5 1h 4 0 j 0 8 9 5 9 2 f 4 1j 2 0 8 1
3 1 4 8 2 9 3 d 3 5 3 4 4 1j 2 0 6 3 3 1 4 2 2 t 3 2 2 a 4 1j 2 0 9 0 4 0 4 j 3 b 3 e 4 1j 2 0 8 1 3 1 4 7 3 9 3 b 2 g 2 1m 6 2 4
0 5 8 2 q 9 5 4 1l 8 0 4 0 5 6 3 a 3 q 2 1 3 1j 2 0 8 0 4 0 5 6 3 a 3 t 3 1l 8 0 4 0 5 8 2 9 3 k 2 7 3 1x 2 3 7 0 2 0 9 h 4 1n 2 1
8 3 2 6 a 9 3 2c 2 1 7 0 3 a 7 1e w j d 1c o 4 c 0 11 0 g 0 e 27 l a 7 5 5 3 4 0 4 1 8 2 5 c d 0 2 9 7 2i 2 gw d 12 b 2t 2 h7 3 g
2 p 3 25 4 z 4 s 6 q 3 t 3 1r 10 0 5 0 2 x g 49 2 39 d 3 d 3 2 2 3 2x i 6 3 j z m 6 1 3 1g b 0 u 1 2 v 8 0 7 29 6 1a i k 10 2 4 t
e 1j f 7 5 z l 2 6 1p 3 1r 9 7 q 3 2 3 4 5m 14 k 5 cc 2 0 4 a 4 c 4 c 4 c 3 0 2u 4 7 9 6 a 6 g r l y e 3 0 5 0 3 9 2 0 4 4 7 0 2 0
2 0 2 3 2 a 3 3 6 4 5 0 2 1r h1 b 14 o c 28 27 l e9 0 3a t qi 2 b ay 7 3 4 6 5 0 3 33 2 d 2 2n 28 0 d 1v r 0 2i b 5z p d 3 6 2 q 8
8 4 3 4 4 2g 5 2 2 2h 2 43 3 3 b v 11 r w a v 7 2 e x 9 14 e 1s 0 75 533 1t h3j 1k 1i 3 7g 4 2m h v 2 27 9 7 o 8 3 2u 3 3a 2 2 2 3
2 m a 9 5 1l 5 7 3 1d i 8 3 f j 5 4 16 b m e a 2 v 5 1a s f 3 20 f b 2 7 3 d 5 m 4 0 2 1f 2 0 4 1 3 4 3 0 2 r 3 a 8 2 3 6j c 8pd
1kx 5ct 2 9 2 3r h aj 3 57 3 1 r 5 8 8 10 0 k 0 5 42 2 0 g 9 8 p 7 p c 3d 8 0 8 9 8 73 4 1f a 1k i 5 d 1f 1b bk 2 1b 2 w5 2 5i 2 u
2 5c 4 0 3 4 5 13 4 3 2 f a 11 2 54 8 xr 4 1g n 1d 4 18 j 1p 4 z f a 5 1n 4 1b f 3 5 yp e 2pj 5 esc 1b f 5 j1o 6v 9 14 1 52 x 1z
55 2g o9 2 o 2 u 2 o 2 u 2 o 2 u 2 o 2 u 2 o 2 4kr 3 7h 19 3 2t b g 1 f 1 g 0 g 1b w 0 1p 3 18 22 u c 18 4 a 6 3 4t y e 7 0 1z 2 l
b 12 0 6 k i e 1s 0 2 0 53 0 5 2 1r 1 5 b p 42 1z 3 c 1b 1z 1l 39 gwi4 2 t 2p 3j 6p 47bj`;

/** Combining characters that do not end a word and are left out of it. */
export const DIACRITIC_RUNS = `
lc 4 2 6 3 0 2 0 a 0 8 5 5 1 2 1`;

/** Folded characters: the distance from the start of the run before, the number less one, the step, the distance of what replaces it. */
export const FOLDED_RUNS = `
1t p 1 w 38 0 1 lj b 0 1 -2n 1 0 1 -2o 1 0 1 -2p 1 0 1 -2q 1 2 4 -2r 1 2 2 -2s 1 0 1 w 4 1 4 -2t 1 1 4 -2u 2 0 1 -2s 3 0 1 w 1 1 1
-2r 2 0 1 -2s 1 0 1 -2t 1 0 1 -2u 1 0 1 -2v 2 0 1 w 1 1 4 -2s 1 0 1 -2t 1 0 1 -2u 1 0 1 -2v 2 0 1 w 2 0 1 -3j 1 0 1 -3k 1 0 1 -3l
1 0 1 -3m 1 2 4 -3n 1 2 2 -3o 5 1 4 -3p 1 1 4 -3q 2 0 1 -3o 4 1 1 -3n 2 0 1 -3o 1 0 1 -3p 1 0 1 -3q 1 0 1 -3r 3 1 4 -3o 1 0 1 -3p
1 1 4 -3q 1 0 1 -3r 4 0 1 -4f 1 0 1 -4g 1 0 1 -4h 1 0 1 -4i 1 1 2 -4j 1 1 2 -4k 3 0 1 -4l 1 0 1 -4m 1 0 1 -4n 1 0 1 -4o 1 0 1 -4p
1 1 1 -4q 2 0 1 -4r 1 0 1 1 2 0 1 -4t 1 0 1 -4u 1 0 1 -4v 1 0 1 -4w 1 0 1 -4x 1 0 1 -4y 1 0 1 -4z 1 0 1 -50 1 1 2 -51 1 1 2 -52 3
0 1 -53 1 0 1 -54 1 0 1 -55 1 0 1 -56 1 0 1 -57 1 1 1 -58 2 0 1 -59 1 0 1 1 2 0 1 -5b 1 0 1 -5c 1 0 1 -5d 1 0 1 -5e 1 0 1 -5f 1 0
1 -5g 1 0 1 -5h 1 0 1 -5i 1 0 1 -5j 2 0 1 1 2 0 1 -5m 1 1 1 -5n 2 0 1 -5o 2 0 1 -5p 1 0 1 -5q 1 0 1 -5r 1 0 1 -5s 1 0 1 -5t 1 0 1
-5u 1 1 2 1 4 0 1 -5x 1 0 1 -5y 1 0 1 -5z 1 0 1 -60 1 0 1 -61 1 0 1 -62 2 0 1 1 2 0 1 -65 1 0 1 -66 1 0 1 -67 1 0 1 -68 1 0 1 -69
1 1 3 -6a 1 0 1 1 3 0 1 -6b 1 0 1 -6c 1 0 1 -6d 1 0 1 -6e 1 1 1 -6f 2 0 1 -6g 1 0 1 -6h 1 0 1 -6i 1 0 1 -6j 1 0 1 -6k 1 0 1 -6l 1
1 1 -6m 2 0 1 -6n 1 0 1 -6o 1 0 1 -6p 1 0 1 1 2 0 1 -6r 1 0 1 -6s 1 0 1 -6t 1 0 1 -6u 1 0 1 -6v 1 0 1 -6w 1 0 1 -6x 1 0 1 -6y 1 0
1 -6z 1 0 1 -70 1 2 2 -71 1 2 2 -72 5 1 1 -73 2 0 1 -74 1 0 1 -75 1 0 1 -76 1 0 1 -77 1 0 1 -78 1 0 1 -7g 2 0 1 5u 1 1 2 1 4 0 1
5q 1 1 4 1 2 1 1 5p 5 0 1 27 1 0 1 5m 1 0 1 5n 1 0 1 1 2 0 1 5p 1 0 1 5r 2 0 1 5v 1 0 1 5t 1 0 1 1 4 0 1 5v 1 0 1 5x 2 0 1 5y 1 0
1 -8h 1 0 1 -8i 1 1 2 1 4 1 3 62 1 0 1 1 5 0 1 1 2 0 1 62 1 0 1 -8q 1 0 1 -8r 1 1 1 61 2 1 2 1 4 0 1 63 1 1 4 1 c 2 3 2 1 2 3 1 8
0 1 -a4 1 0 1 -a5 1 0 1 -9y 1 0 1 -9z 1 0 1 -9u 1 0 1 -9v 1 0 1 -9q 1 0 1 -9r 1 3 2 1 9 3 2 1 8 0 1 -an 1 0 1 -ao 1 0 1 -al 1 0 1
-am 1 0 1 -aj 1 0 1 -ak 1 1 2 1 4 0 1 -au 1 0 1 2 1 0 1 1 2 0 1 -b1 1 0 1 -b2 1 0 1 -2p 1 0 1 -1k 1 0 1 -ay 1 0 1 -az 1 2 2 1 6 2
4 -bj 1 2 4 -bk 1 2 4 -bl 1 2 4 -bm 9 0 1 -bh 1 1 3 -bi 1 2 3 -bj 1 2 3 -bk 4 1 3 -bl 4 0 1 -bm 1 0 1 -bp 1 1 1 -bq 2 0 1 -br 1 0
1 1 2 0 1 -c6 1 0 1 -c7 1 0 1 -3m 2 1 2 1 4 0 1 -cl 1 0 1 -cm 1 0 1 -cj 1 0 1 -ck 1 1 2 1 4 0 1 -cf 1 0 1 -cg 1 0 1 1 2 0 1 -c9 1
0 1 -ca 7 0 1 8bv 1 0 1 1 2 0 1 -4j 1 0 1 8bs 3 0 1 1 2 0 1 -5f 1 0 1 1x 1 0 1 1z 1 4 2 1 8a 1 2 1 6 0 1 1 g 0 1 12 2 2 1 11 4 0 1
1s 2 1 1 1r 3 g 1 w i 8 1 w v 0 1 1 d 0 1 8 1 0 1 -u 1 0 1 -p 4 0 1 -f 1 0 1 -m 2 b 2 1 o 0 1 -1i 1 0 1 -1c 3 0 1 -1o 1 0 1 -1s 2
1 3 1 2 0 1 -7 4 2 1 -3m 3 f 1 28 g v 1 w 28 g 2 1 16 q 2 1 1i 0 1 f 1 6 2 1 f 17 2 1 2p 11 1 1c 29b 11 1 5ls 13 0 1 5ls 6 0 1 5ls
2lv 0 1 -5un 1 1 1 -5uo 2 0 1 -5up 1 0 1 -5uq 1 0 1 -5ur 1 0 1 -5us 1 0 1 -5ut 1 0 1 1 2 0 1 -5uu 1 0 1 -5uv 1 0 1 -5uw 1 0 1 -5ux
1 0 1 -5uy 1 0 1 -5uz 1 0 1 -5v0 1 0 1 -5v1 1 0 1 -5v2 1 0 1 -5v3 1 1 2 1 4 0 1 -5v7 1 0 1 -5v8 1 0 1 -5v9 1 0 1 -5va 1 0 1 1 2 0
1 -5vc 1 1 1 -5vd 2 1 1 -5ve 2 0 1 -5vf 1 0 1 -5vg 1 0 1 -5vh 1 0 1 -5vi 1 0 1 -5vj 1 0 1 -5vk 1 0 1 -5vl 1 0 1 -5vm 1 1 1 -5vn 2
0 1 -5vo 1 0 1 1 2 0 1 -5vp 1 0 1 -5vq 1 0 1 -5vr 1 0 1 -5vs 1 0 1 -5vt 1 1 1 -5vu 2 0 1 -5vv 1 0 1 1 2 0 1 -5vy 1 0 1 -5vz 1 0 1
-5w0 1 1 1 -5w1 2 0 1 -5w2 1 0 1 -5w3 1 0 1 -5w4 1 0 1 -5w5 1 1 1 -5w6 2 0 1 -5w7 1 0 1 -5w8 1 0 1 -5w9 1 0 1 -5wa 1 0 1 -5wb 1 0
1 -5wc 1 0 1 -5wd 1 3 2 1 8 0 1 -5wk 1 0 1 -5wl 1 1 2 -5wm 1 1 2 -5wn 3 0 1 -5wo 1 0 1 -5wp 1 0 1 1 2 0 1 -5ws 1 1 1 -5wt 2 0 1
-5wu 1 0 1 -5wv 1 0 1 -5ww 1 2 2 1 6 0 1 -5x2 1 0 1 -5x3 1 0 1 -5x4 1 0 1 -5x5 1 0 1 -5x6 1 0 1 -5x7 1 0 1 -5x8 1 1 1 -5x9 2 0 1
-5xa 1 0 1 -5xb 1 0 1 -5xc 1 0 1 -5xd 1 0 1 -5xe 1 1 2 1 4 0 1 -5xi 1 0 1 -5xj 1 0 1 -5xk 1 1 1 -5xl 2 0 1 -5xm 1 0 1 -5xn 1 0 1
-5xo 1 0 1 -5xp 1 0 1 -5xq 1 0 1 -5xr 1 0 1 -5xs 1 0 1 -5xt 1 1 1 -5xu 2 0 1 -5xv 1 0 1 -5xw 1 1 1 -5xx 2 1 1 -5xy 2 0 1 -5xz 1 0
1 -5y0 1 0 1 -5y1 1 0 1 -5y2 1 0 1 -5y3 1 0 1 -5ym 1 0 1 -5yb 1 0 1 -5y9 1 0 1 -5y8 2 0 1 -5yg 3 0 1 -5vj 2 0 1 -5z3 1 0 1 -5z4 1
0 1 -5z5 1 0 1 -5z6 1 9 2 1 k 0 1 -5zn 1 0 1 -5zo 1 0 1 -5zp 1 0 1 -5zq 1 0 1 -5zr 1 0 1 -5zs 1 4 2 1 a 0 1 -5zz 1 0 1 -600 1 0 1
-601 1 0 1 -602 1 0 1 -5zx 1 0 1 -5zy 1 0 1 -5zz 1 0 1 -600 1 9 2 1 k 0 1 -60f 1 0 1 -60g 1 0 1 -60h 1 0 1 -60i 1 4 2 1 a 0 1 -60p
1 0 1 -60q 1 0 1 -60r 1 0 1 -60s 1 0 1 -60t 1 0 1 -60u 1 0 1 -60v 1 0 1 -60w 1 2 2 1 e 7 1 -8 g 5 1 -8 g 7 1 -8 g 7 1 -8 g 5 1 -8
h 3 2 -8 f 7 1 -8 w 7 1 -8 g 7 1 -8 g 7 1 -8 g 1 1 -8 2 1 1 -22 2 0 1 -9 2 0 1 -5j9 a 3 1 -2e 4 0 1 -9 c 1 1 -8 2 1 1 -2s e 1 1 -8
2 1 1 -34 2 0 1 -7 c 1 1 -3k 2 1 1 -3i 2 0 1 -9 8a 0 1 -5st 4 0 1 -6gv 1 0 1 -6h6 7 0 1 s 1a f 1 g z 0 1 1 22l 1a 1 1c 2o 0 1 1 2
0 1 -8af 1 0 1 -2xy 1 0 1 -89z 3 2 2 1 6 0 1 -8bg 1 0 1 -8al 1 0 1 -8bj 1 0 1 -8bi 2 1 3 1 c 1 1 -8cf 2 1d 2 1 2z 1 2 1 7 0 1 1
nym m 2 1 1s b 2 1 4i j 4 1 2 2 4 1 g e 4 1 1x 1 2 1 4 0 1 -r9g 1 4 2 1 d 0 1 1 2 0 1 -wmg 3 1 2 1 g 4 2 1 a 0 1 -wn8 h9z p 1 w yn
13 1 14`;
